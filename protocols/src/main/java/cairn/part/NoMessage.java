package cairn.part;

import cairn.model.Message;

/** What a server says that is alone: there is nobody to talk to, so there is none of these. */
public final class NoMessage implements Message {

    private NoMessage() {}

    @Override
    public int bytes() {
        return 0;
    }
}
