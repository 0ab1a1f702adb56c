package cairn.model;

/** What nodes of one protocol say to each other; each protocol seals its own. */
public interface Message {

    /** Size on the wire in bytes, headers of the protocol included, those of the network not. */
    int bytes();
}
