package cairn.experiment.calibration;

import cairn.model.Message;

/** One end of a connection tells the other what it needs to connect. */
record Hello(int queuePair, int rkey) implements Message {
    @Override
    public int bytes() {
        return 16;
    }
}
