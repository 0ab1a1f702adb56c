package cairn.report.trace;

import java.util.List;

/** Made-up runs of any length: clients ask, a primary writes to a store, and now and then fails. */
public final class Runs {
    private Runs() {}

    /** A run of about so many events. */
    public static TraceView of(int events) {
        var view = new TraceView(List.of("primary", "store", "client-1", "client-2"));
        view.event(0, "primary", Place.PROCESS, Kind.PROCESS, "started (incarnation 0)");
        view.span("primary", Place.PROCESS, 0, 40, "RESTART");
        int cut = -1;
        for (int round = 0; view.size() < events; round++) {
            long at = 100L + 1000L * round;
            String client = "client-" + (1 + round % 2);
            String request = "request " + round + " of " + client;
            int wish = view.event(at, client, Place.PROCESS, Kind.CLIENT, "wants " + round);
            int sent = view.event(at, client, Place.PROCESS, Kind.MESSAGE, "sent " + round);
            int got = view.event(at + 200, "primary", Place.PROCESS, Kind.MESSAGE, "delivered");
            view.arrow(sent, got);
            int posted = view.event(at + 250, "primary", Place.NIC, Kind.RDMA, "posted Write");
            int met =
                    view.event(at + 400, "store", Place.PERSISTENT_MEMORY, Kind.RDMA, "WRITE 4096");
            view.arrow(posted, met);
            view.follow(met, "page " + round % 7 + " of store");
            int done = view.event(at + 500, "primary", Place.NIC, Kind.RDMA, "completed");
            view.arrow(met, done);
            cut = view.event(at + 510, "primary", Place.PROCESS, Kind.CHECKPOINT, "claims Cut");
            int told = view.event(at + 600, "primary", Place.PROCESS, Kind.CLIENT, "releases");
            int learnt = view.event(at + 800, client, Place.PROCESS, Kind.MESSAGE, "learns");
            view.arrow(told, learnt);
            for (int event : new int[] {wish, sent, got, told, learnt}) {
                view.follow(event, request);
            }
            view.span("primary", Place.PROCESS, at + 200, at + 600, "USEFUL");
            if (round % 50 == 49) {
                view.event(at + 850, "primary", Place.PROCESS, Kind.FAULT, "FAULT crash");
                view.span("primary", Place.PROCESS, at + 850, at + 900, "down");
                int back =
                        view.event(
                                at + 900,
                                "primary",
                                Place.PROCESS,
                                Kind.RECOVERY,
                                "claims Resumed");
                view.line("recovered", List.of(back, cut));
            }
        }
        return view;
    }
}
