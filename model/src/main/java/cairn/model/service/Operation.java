package cairn.model.service;

/** What a client wants of a service; each service seals its own. */
public interface Operation {

    /** Size on the wire in bytes. */
    int bytes();

    /** Whether it leaves the state as it is. */
    boolean isReadOnly();
}
