package cairn.protocol.objectimages;

import cairn.model.Message;

/** One server alone: there is nobody to talk to. */
public sealed interface ObjectImagesMessage extends Message {

    /** Never sent. */
    record Nothing() implements ObjectImagesMessage {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
