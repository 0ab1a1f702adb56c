package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a soak draws, of three places and two clients. */
final class SoakFaultsTest {

    private static final List<String> ROLES = List.of("primary", "backup", "pmu");

    private static List<Fault> drawn(SoakFaults faults) {
        List<Fault> drawn = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            drawn.add(faults.next());
        }
        return drawn;
    }

    private static Set<FaultKind> kinds(List<Fault> faults) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        faults.forEach(fault -> kinds.add(fault.kind()));
        return kinds;
    }

    @Test
    void theFirstPartKillsAndTheSecondSparesEachProcess() {
        assertEquals(
                EnumSet.of(
                        FaultKind.PAUSE,
                        FaultKind.CUT,
                        FaultKind.BAD_LINK,
                        FaultKind.PROCESS_CRASH,
                        FaultKind.POWER_LOSS),
                kinds(drawn(SoakFaults.killing(ROLES, 2, new SeededChoices(1)))));
        assertEquals(
                EnumSet.of(FaultKind.PAUSE, FaultKind.CUT, FaultKind.BAD_LINK),
                kinds(drawn(SoakFaults.sparing(ROLES, 2, new SeededChoices(1)))));
    }

    @Test
    void aNarrowLinkLeadsToAPlaceOfTheProtocolFromAnotherOrFromAClient() {
        Set<NodeId> origins = new HashSet<>();
        for (Fault fault : drawn(SoakFaults.sparing(ROLES, 2, new SeededChoices(1)))) {
            if (fault instanceof Fault.BadLink narrow) {
                assertTrue(narrow.quality().isNarrow());
                assertTrue(narrow.to().index() < ROLES.size());
                assertNotEquals(narrow.from(), narrow.to());
                origins.add(narrow.from());
            }
        }
        assertEquals(5, origins.size());
    }

    @Test
    void whatStrikesIsToldByTheNamesOfPlaces() {
        SoakFaults faults = SoakFaults.sparing(ROLES, 2, new SeededChoices(1));
        assertEquals("pause of pmu", faults.words(new Fault.Pause(new NodeId(2))));
        Fault.BadLink narrow =
                drawn(faults).stream()
                        .filter(Fault.BadLink.class::isInstance)
                        .map(Fault.BadLink.class::cast)
                        .filter(link -> link.from().index() == 4 && link.to().index() == 0)
                        .findFirst()
                        .orElseThrow();
        assertEquals("narrow link client-2 -> primary", faults.words(narrow));
    }
}
