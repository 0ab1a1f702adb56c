package cairn.experiment.definition;

import cairn.experiment.file.Fields;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.models.ModelForm;
import cairn.experiment.trial.Subject;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a variant that is either a model of its own ({@code model: checkpoint-restart}) or whatever
 * another reader knows.
 */
public final class ModelReader implements SubjectReader {

    static final String MODEL = "model";
    private static final String SETTINGS = "settings";

    private final List<ModelForm> models;
    private final SubjectReader others;

    /** A reader of models, and of what is none of them. */
    public ModelReader(List<ModelForm> models, SubjectReader others) {
        this.models = List.copyOf(models);
        this.others = others;
    }

    @Override
    public List<String> sections() {
        var sections = new ArrayList<>(List.of(MODEL));
        sections.addAll(others.sections());
        return sections;
    }

    @Override
    public List<String> properties() {
        return others.properties();
    }

    @Override
    public Subject read(Mapping variant) {
        if (variant.get(MODEL).isEmpty()) {
            return others.read(variant);
        }
        for (var entry : variant.entries()) {
            if (!List.of(MODEL, SETTINGS).contains(entry.key())
                    && sections().contains(entry.key())) {
                throw new UserMistake(
                        entry.place(), "a model has 'settings' and no '" + entry.key() + "'");
            }
        }
        Fields fields = Fields.of(variant, "an experiment", List.of(MODEL, SETTINGS));
        ModelForm form = Fields.oneOf(fields.need(MODEL), MODEL, models, ModelForm::name);
        Record settings =
                fields.find(SETTINGS)
                        .map(written ->
                                RecordForm.read(
                                        written.mapping("'settings'"),
                                        "'settings'",
                                        form.defaults()))
                        .orElse(form.defaults());
        return Fields.at(
                fields.need(MODEL).place(),
                "'" + form.name() + "': ",
                () -> form.maker().apply(settings));
    }
}
