package cairn.experiment.command;

import cairn.experiment.campaign.Header;
import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.SubjectReader;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** What all commands work with. */
public final class Workbench {

    private final Terminal terminal;
    private final Catalogue catalogue;
    private final SubjectReader subjects;
    private final String version;

    /**
     * A workbench on which experiments try what a reader knows.
     *
     * @param version of the tool itself
     */
    public Workbench(
            Terminal terminal, Catalogue catalogue, SubjectReader subjects, String version) {
        this.terminal = terminal;
        this.catalogue = catalogue;
        this.subjects = subjects;
        this.version = catalogue.version(version);
    }

    Terminal terminal() {
        return terminal;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Of the tool and of the jars of protocols: what the outcomes of trials depend on. */
    String version() {
        return version;
    }

    /**
     * Reads an experiment file; places in it are named as the user named the file.
     *
     * @param overrides values that take the place of the file's, each as {@code path=value}
     */
    Experiment experiment(Path file, List<String> overrides) {
        return new ExperimentReader(subjects)
                .read(terminal.resolve(file), file.toString(), overrides);
    }

    /** The experiment whose trials a journal holds. */
    Experiment experiment(Header header) {
        return header.experiment(new ExperimentReader(subjects));
    }

    Interruption interruption(Runnable stop) {
        return new Interruption(stop);
    }

    /** The variant of a label; without one, the only variant. */
    static Variant variant(Experiment experiment, @Nullable String label) {
        List<String> labels = experiment.variants().stream().map(Variant::label).toList();
        if (label == null) {
            if (labels.size() > 1) {
                throw new UserMistake(
                        "--variant: say which of "
                                + labels.size()
                                + ": '"
                                + String.join("', '", labels)
                                + "'");
            }
            return experiment.variants().getFirst();
        }
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new UserMistake(
                    "--variant: unknown variant '" + label + "'" + Suggestion.of(label, labels));
        }
        return experiment.variants().get(index);
    }
}
