package cairn.model.storage;

/** Why a disk did not do what it was asked. */
public enum StorageError {
    /** There is no file of that name. */
    NOT_FOUND,
    /** No space is left; nothing was written. */
    NO_SPACE,
    /** A sector could not be read or written. */
    IO_ERROR
}
