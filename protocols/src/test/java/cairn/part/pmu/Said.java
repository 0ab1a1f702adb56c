package cairn.part.pmu;

import cairn.model.Acknowledgement;
import cairn.model.Message;

/** A message of a test that carries one about units. */
record Said(PmuMessage carried) implements Message, PmuMessage.Carrier {

    static final PmuSettings SETTINGS =
            new PmuSettings(
                    PersistMethod.NATIVE_FLUSH, Acknowledgement.DURABLE, 1_000_000, 5_000_000, 8);

    @Override
    public int bytes() {
        return carried.bytes();
    }
}
