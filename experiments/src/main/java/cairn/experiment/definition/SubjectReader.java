package cairn.experiment.definition;

import cairn.experiment.file.YamlValue.Mapping;
import cairn.experiment.trial.Subject;

import java.util.List;

/** Reads what a variant tries. */
public interface SubjectReader {

    /** The keys of an experiment file that say what is tried. */
    List<String> sections();

    /** What is tried, from a mapping with no other keys. */
    Subject read(Mapping variant);

    /** The names of the properties that can be judged. */
    List<String> properties();
}
