package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.cluster.wire.Carrier;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.YamlReader;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Protocol;
import cairn.model.service.Workload;

import org.junit.jupiter.api.Test;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class ShippedTest {

    private static final Catalogue CATALOGUE = Shipped.catalogue();

    @Test
    void everySettingOfAProtocolIsExplainedAndNothingElse() {
        for (ProtocolForm form : CATALOGUE.protocols()) {
            assertEquals(
                    components(form.defaults()),
                    new TreeSet<>(form.remarks().keySet()),
                    form.name());
        }
        for (ServiceForm form : CATALOGUE.services()) {
            assertEquals(
                    components(form.defaults()),
                    new TreeSet<>(form.remarks().keySet()),
                    form.name());
        }
        for (ComputationForm form : CATALOGUE.computations()) {
            assertEquals(
                    components(form.defaults()),
                    new TreeSet<>(form.remarks().keySet()),
                    form.name());
        }
    }

    private static Set<String> components(Record record) {
        var names = new TreeSet<String>();
        Arrays.stream(record.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        return names;
    }

    @Test
    void whatIsListedAsADefaultIsReadBackAsTheDefault() {
        for (ProtocolForm form : CATALOGUE.protocols()) {
            assertEquals(form.defaults(), readBack(form.defaults()), form.name());
        }
        for (ServiceForm form : CATALOGUE.services()) {
            assertEquals(form.defaults(), readBack(form.defaults()), form.name());
            assertEquals(form.name(), form.maker().apply(form.defaults()).name());
        }
        for (ComputationForm form : CATALOGUE.computations()) {
            assertEquals(form.defaults(), readBack(form.defaults()), form.name());
            assertEquals(form.name(), form.maker().apply(form.defaults()).name());
        }
        assertEquals(Surroundings.DEFAULT.cpu(), readBack(Surroundings.DEFAULT.cpu()));
        assertEquals(Surroundings.DEFAULT.rdma(), readBack(Surroundings.DEFAULT.rdma()));
    }

    private static Record readBack(Record record) {
        var text = new StringBuilder();
        for (Setting setting : RecordForm.of(record).settings()) {
            text.append(setting.key())
                    .append(": ")
                    .append(RecordForm.written(record, setting))
                    .append('\n');
        }
        return RecordForm.read(
                YamlReader.read("defaults", text.toString()).mapping("defaults"),
                "defaults",
                record);
    }

    private static Protocol<?> madeOfItsDefaults(ProtocolForm form) {
        ServiceForm bank = CATALOGUE.services().getFirst();
        ComputationForm ring = CATALOGUE.computations().getFirst();
        List<Application> applications =
                List.of(
                        new Application.Served(
                                bank.maker().apply(bank.defaults()),
                                new Workload(3, 10, new Workload.Loop.Closed(0), 1_000)),
                        new Application.Parallel(ring.maker().apply(ring.defaults())));
        Application application =
                applications.stream().filter(form::protects).findFirst().orElseThrow();
        return form.make(form.defaults(), application, CpuCosts.DEFAULT);
    }

    @Test
    void aProtocolMadeOfItsDefaultsHasTheNameByWhichItIsOrdered() {
        for (ProtocolForm form : CATALOGUE.protocols()) {
            Protocol<?> protocol = madeOfItsDefaults(form);
            assertEquals(form.name(), protocol.name());
            assertFalse(protocol.seats().isEmpty());
        }
    }

    /** Else it could not be run on real processes: nothing in it may be a piece of code. */
    @Test
    void everyProtocolTravelsToAnotherProcessAsAValue() {
        for (ProtocolForm form : CATALOGUE.protocols()) {
            Protocol<?> protocol = madeOfItsDefaults(form);
            byte[] packed = Carrier.pack(protocol);
            Object arrived = Carrier.unpack(packed, 0, packed.length);
            assertEquals(
                    protocol.seats(),
                    assertInstanceOf(Protocol.class, arrived).seats(),
                    form.name());
        }
    }

    @Test
    void everyPropertyHasANameOfItsOwn() {
        List<String> names = CATALOGUE.propertyNames();
        assertEquals(names.size(), new TreeSet<>(names).size());
    }
}
