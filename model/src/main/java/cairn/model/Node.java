package cairn.model;

/**
 * One role of a protocol as a deterministic object: it is handed events and fills an outbox with
 * effects. It has no clock, thread, random generator or I/O of its own, so the same object runs in
 * virtual time and on a live cluster.
 *
 * <p>A crash drops the object. A restart makes a new one, which learns of the past only what a
 * store effect saved.
 */
public interface Node<M extends Message> {

    /** The first call on a new object, before any event. */
    void boot(Boot boot, Outbox<M> out);

    /** Handles one event; events of one node never overlap. */
    void on(Event<M> event, Outbox<M> out);

    /**
     * One clause that says what this node waits for, for the diagnosis of a run that is stuck:
     * "acknowledgement of e7 by n2".
     */
    String waitsFor();
}
