package cairn.protocol.logging;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;

/** What a scheme sees of rank 0 of three, in one of its lives; nobody else was ever restarted. */
final class RankZero implements Site {

    private final long life;
    private boolean ready;

    RankZero(long life) {
        this.life = life;
    }

    boolean isReady() {
        return ready;
    }

    @Override
    public int self() {
        return 0;
    }

    @Override
    public int ranks() {
        return 3;
    }

    @Override
    public long life(int rank) {
        return rank == 0 ? life : 0;
    }

    @Override
    public long arrived(int from) {
        return 0;
    }

    @Override
    public void arrivedAgain(Parcel parcel) {}

    @Override
    public void acknowledge(int sender, Outbox<LoggingMessage> out) {}

    @Override
    public void remembers() {}

    @Override
    public void announce(Outbox<LoggingMessage> out) {}

    @Override
    public void ready(Outbox<LoggingMessage> out) {
        ready = true;
    }

    @Override
    public void goOn(Outbox<LoggingMessage> out) {}

    @Override
    public void goBack(Outbox<LoggingMessage> out) {}

    @Override
    public void send(int to, LoggingMessage message, Outbox<LoggingMessage> out) {
        out.send(new NodeId(to), message);
    }
}
