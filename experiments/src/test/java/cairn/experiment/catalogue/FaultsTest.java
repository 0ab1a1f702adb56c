package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashSet;
import java.util.List;

class FaultsTest {

    @Test
    void everyFaultCanBeWritten() {
        var known = new LinkedHashSet<Class<?>>();
        Faults.all().forEach(form -> known.add(form.type()));
        assertEquals(new LinkedHashSet<>(FaultForm.types()), known);
        assertEquals(known.size(), new LinkedHashSet<>(Faults.names()).size());
    }

    @Test
    void aFaultIsNamedWithItsPlaces() {
        List<String> roles = List.of("primary", "pmu-1");
        assertEquals("power loss pmu-1", Faults.label(new Fault.PowerLoss(new NodeId(1)), roles));
        assertEquals(
                "link cut primary -> pmu-1",
                Faults.label(new Fault.LinkCut(new NodeId(0), new NodeId(1)), roles));
    }

    @Test
    void everyAmountHasAKeyOfItsOwn() {
        for (FaultForm form : Faults.all()) {
            List<String> keys = form.amounts().stream().map(amount -> amount.key()).toList();
            assertEquals(keys.size(), new LinkedHashSet<>(keys).size(), form.name());
            assertTrue(form.description().length() > 10, form.name());
        }
    }
}
