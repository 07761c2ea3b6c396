/** The most bytes of one uploaded file. */
export const uploadBytes = 10 * 1024 * 1024;

/** The most files that one message may carry. */
export const uploadsAtOnce = 5;

/** Media types of files that people may upload, with the endings of their names. */
export const uploadTypes: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic'],
  'image/tiff': ['tif', 'tiff'],
  'image/vnd.dwg': ['dwg'],
  'image/vnd.dxf': ['dxf'],
  'model/step': ['step', 'stp'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'text/csv': ['csv'],
  'text/plain': ['txt', 'log'],
};

/** The `accept` attribute of fields for files. */
export const uploadAccept = Object.values(uploadTypes)
  .flat()
  .map((ending) => `.${ending}`)
  .join(',');
