package cairn.protocol.differential;

import cairn.model.Message;

/** One server alone: there is nobody to talk to. */
public sealed interface DifferentialMessage extends Message {

    /** Never sent. */
    record Nothing() implements DifferentialMessage {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
