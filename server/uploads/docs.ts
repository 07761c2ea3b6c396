import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  upload: {
    summary: 'Upload a file',
    description:
      'A form with one file of at most 10 MB. Its type is told by its content: PDF, pictures (PNG, JPEG, WebP, GIF, HEIC, TIFF), drawings (DWG, DXF, STEP), DOCX, XLSX, ODT, ODS, ZIP and text. Unless something uses it within a day it is removed.',
  },
  download: {
    summary: 'A file',
    description: 'For who uploaded it, until something uses it; then for everybody who may see that.',
  },
};
