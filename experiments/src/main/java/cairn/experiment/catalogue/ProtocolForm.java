package cairn.experiment.catalogue;

import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.model.CpuCosts;
import cairn.model.Protocol;
import cairn.model.service.Service;

import java.util.List;
import java.util.Map;

/**
 * A protocol as experiment files order it.
 *
 * @param name the name in experiment files
 * @param summary what it is, in a sentence
 * @param defaults its settings, as they are if the file says nothing
 * @param remarks what each setting decides, by the name of the record's component
 * @param maker makes the protocol; throws {@link IllegalArgumentException} if the settings do not
 *     fit what it protects
 */
public record ProtocolForm(
        String name, String summary, Record defaults, Map<String, String> remarks, Maker maker) {

    /** Makes a protocol from its settings, what it protects, and what processors cost. */
    @FunctionalInterface
    public interface Maker {
        Protocol<?> make(Record settings, Service service, int clients, CpuCosts cpu);
    }

    /** Its settings, in the order of the record. */
    public List<Setting> settings() {
        return RecordForm.of(defaults).settings();
    }

    /** What a setting decides. */
    public String remark(Setting setting) {
        return remarks.getOrDefault(setting.component(), "");
    }
}
