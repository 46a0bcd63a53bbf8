package io.github.mmevol.openai;

/**
 * A file of requests to one client, and what became of it.
 *
 * @param name the name of its files, without ending
 * @param client the client's name
 * @param progress how far it has come
 * @param file the provider's id of the file; empty if not uploaded
 * @param batch the provider's id of the batch; empty if not created
 */
record BatchPart(String name, String client, Progress progress, String file, String batch) {

    /** How far a part has come. */
    enum Progress {
        /** Its requests are written. */
        WRITTEN,
        /** It is with the provider, under a file id. */
        UPLOADED,
        /** The provider was asked to work on it; whether it heard that is not known. */
        CREATING,
        /** The provider works on it, under a batch id. */
        CREATED,
        /** Its replies are here. */
        FETCHED
    }

    static BatchPart written(String name, String client) {
        return new BatchPart(name, client, Progress.WRITTEN, "", "");
    }

    BatchPart uploaded(String id) {
        return new BatchPart(name, client, Progress.UPLOADED, id, "");
    }

    BatchPart creating() {
        return new BatchPart(name, client, Progress.CREATING, file, "");
    }

    BatchPart created(String id) {
        return new BatchPart(name, client, Progress.CREATED, file, id);
    }

    BatchPart fetched() {
        return new BatchPart(name, client, Progress.FETCHED, file, batch);
    }
}
