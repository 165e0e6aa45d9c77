/** The built Worker, laid beside these modules when the local runtime starts. */
declare const worker: ExportedHandler<Record<string, unknown>>
export default worker
