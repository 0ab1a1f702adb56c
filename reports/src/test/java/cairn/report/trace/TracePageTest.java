package cairn.report.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import org.junit.jupiter.api.Test;

import java.util.List;

final class TracePageTest {
    private static final TracePage PAGE =
            new TracePage(
                    "a run </script><b>",
                    "./cairn replay x.yaml --seed 1 --view",
                    List.of(new PropertyOutcome("DUR", Finding.VIOLATED, 1, "lost <i>it</i>")),
                    500);

    @Test
    void lanesLieByMachineAndOnOneTheProcessIsFirst() {
        var view = new TraceView(List.of("primary", "store"));
        view.event(1, "store", Place.PERSISTENT_MEMORY, Kind.RDMA, "written");
        view.event(2, "primary", Place.NIC, Kind.RDMA, "posted");
        view.event(3, "store", Place.PROCESS, Kind.PROCESS, "started");
        view.event(3, "primary", Place.PROCESS, Kind.PROCESS, "started");
        assertEquals(
                List.of("primary ", "primary NIC", "store ", "store persistent memory"),
                view.lanes().stream()
                        .map(lane -> lane.machine() + " " + lane.place().title())
                        .toList());
        assertEquals(3, view.row(0));
        assertEquals(1, view.row(1));
        assertEquals(2, view.row(2));
    }

    @Test
    void timeDoesNotRunBackwardsAndArrowsLeadForward() {
        var view = new TraceView(List.of("one"));
        int first = view.event(5, "one", Place.PROCESS, Kind.TIMER, "a");
        int second = view.event(5, "one", Place.PROCESS, Kind.TIMER, "b");
        assertThrows(
                IllegalArgumentException.class,
                () -> view.event(4, "one", Place.PROCESS, Kind.TIMER, "c"));
        assertThrows(IllegalArgumentException.class, () -> view.arrow(second, first));
        assertThrows(
                IllegalArgumentException.class,
                () -> view.event(6, "nobody", Place.PROCESS, Kind.TIMER, "d"));
    }

    @Test
    void thePageNamesNoAddressAndTakesNothingForMarkup() {
        String html = PAGE.html(Runs.of(50));
        assertFalse(html.contains("http"));
        assertFalse(html.contains("src="));
        assertEquals(2, html.split("</script>", -1).length - 1);
        assertFalse(html.contains("<i>it"));
        assertTrue(html.contains("lost \\u003ci>it"));
    }

    @Test
    void theSameRunIsTheSameBytes() {
        assertEquals(PAGE.html(Runs.of(300)), PAGE.html(Runs.of(300)));
    }
}
