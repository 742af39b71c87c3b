/** The mark of Dapanoskop, in the color of the text. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" fill="currentColor" aria-hidden="true">
      <path d="M1 17V9h4v8zM7 17V5h4v12zM13 17V1h4v16z" />
    </svg>
  );
}
