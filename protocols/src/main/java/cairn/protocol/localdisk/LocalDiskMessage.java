package cairn.protocol.localdisk;

import cairn.model.Message;

/** One server alone: there is nobody to talk to. */
public sealed interface LocalDiskMessage extends Message {

    /** Never sent. */
    record Nothing() implements LocalDiskMessage {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
