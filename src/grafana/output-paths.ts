/** Where files go in the output. */
import { DEFAULT_PATHS, type DashboardContext, type GrafanaPaths } from './context.ts';
import type { DashboardModel, FolderModel } from './model.ts';
import { slug } from './slug.ts';

export function pathsOf(context: DashboardContext): GrafanaPaths {
  return { ...DEFAULT_PATHS, ...context.paths };
}

/** The name of a folder's directory; dashboards without a folder have one of their own. */
export function folderDirectory(folder: FolderModel | undefined): string {
  return folder === undefined ? 'root' : slug(folder.uid) || 'folder';
}

export function dashboardPath(dashboard: DashboardModel, context: DashboardContext): string {
  return `${pathsOf(context).dashboards}/${folderDirectory(dashboard.folder)}/${dashboard.uid}.json`;
}
