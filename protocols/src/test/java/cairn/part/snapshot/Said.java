package cairn.part.snapshot;

import cairn.model.Message;

/** A message of a test that carries one about snapshots. */
record Said(StorageMessage carried) implements Message, StorageMessage.Carrier {
    @Override
    public int bytes() {
        return carried.bytes();
    }
}
