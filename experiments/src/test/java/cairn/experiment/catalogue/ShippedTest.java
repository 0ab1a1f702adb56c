package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.YamlReader;
import cairn.model.CpuCosts;
import cairn.model.service.Service;

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

    @Test
    void aProtocolMadeOfItsDefaultsHasTheNameByWhichItIsOrdered() {
        ServiceForm bank = CATALOGUE.services().getFirst();
        Service service = bank.maker().apply(bank.defaults());
        assertEquals(bank.name(), service.name());
        for (ProtocolForm form : CATALOGUE.protocols()) {
            var protocol = form.maker().make(form.defaults(), service, 3, CpuCosts.DEFAULT);
            assertEquals(form.name(), protocol.name());
            assertFalse(protocol.seats().isEmpty());
        }
    }

    @Test
    void everyPropertyHasANameOfItsOwn() {
        List<String> names = CATALOGUE.propertyNames();
        assertEquals(names.size(), new TreeSet<>(names).size());
    }
}
