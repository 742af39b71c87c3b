// TypeScript 7 wants every side-effect import declared; vite/client declares the modules.
declare module "*.css";
