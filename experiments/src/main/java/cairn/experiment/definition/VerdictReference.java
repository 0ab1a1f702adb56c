package cairn.experiment.definition;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Form;
import cairn.experiment.file.Key;
import cairn.report.Measure;

import java.util.List;

/** The keys by which a campaign ends and is judged. */
final class VerdictReference {

    private VerdictReference() {}

    static Form until() {
        return new Form.Section(
                List.of(
                        new Key("measure", measure(), "", "whose mean is to be known"),
                        new Key(
                                "within",
                                new Form.Amount(Dimension.SHARE),
                                "",
                                "the relative error that is allowed, for every variant"),
                        new Key(
                                "confidence",
                                new Form.Amount(Dimension.SHARE),
                                "95 %",
                                "with which, all looks at the data together"),
                        new Key(
                                "at least",
                                new Form.Amount(Dimension.COUNT),
                                Integer.toString(Target.LEAST),
                                "how many seeds are used in any case")));
    }

    private static Form measure() {
        return new Form.Word(
                List.of(Measure.values()).stream().map(ExpectationReader::word).toList());
    }

    static Form expectation(Catalogue catalogue) {
        var properties = new Form.Several(new Form.Word(catalogue.propertyNames()));
        return new Form.Section(
                List.of(
                        new Key(
                                "holds",
                                new Form.Either(List.of(new Form.Word(List.of("all")), properties)),
                                "",
                                "properties that no trial violates and one could tell"),
                        new Key(
                                "violated",
                                properties,
                                "",
                                "properties that some trial shows to be violated"),
                        new Key(
                                "may be violated",
                                properties,
                                "",
                                "what may be violated as well, because it follows"),
                        new Key(
                                "in",
                                new Form.Amount(Dimension.SHARE),
                                "",
                                "of which share of the trials, each variant by itself; the first"
                                        + " property counts"),
                        new Key("measure", measure(), "", "a figure of each variant"),
                        new Key(
                                "between",
                                new Form.Several(
                                        new Form.Text(
                                                "the lower and the upper bound", Reference.AMOUNT)),
                                "",
                                "where the figure, or the ratio of two, lies"),
                        new Key("of", label(), "", "of two variants: the one above the line"),
                        new Key("over", label(), "", "a ratio: the variant below the line"),
                        new Key(
                                "is",
                                new Form.Text("an amount of the measure", Reference.AMOUNT),
                                "",
                                "what was published of the mean"),
                        new Key(
                                "within",
                                new Form.Amount(Dimension.SHARE),
                                "",
                                "how far from that, in relation to it; three standard errors are"
                                        + " always allowed"),
                        new Key(
                                "plus or minus",
                                new Form.Text("an amount of the measure", Reference.AMOUNT),
                                "",
                                "how far from that, as an amount"),
                        new Key(
                                "less than",
                                label(),
                                "",
                                "a variant whose figure is larger; tested seed by seed"),
                        new Key(
                                "when",
                                new Form.Anything(
                                        "a mapping from what variants differ in to values or"
                                                + " comparisons"),
                                "",
                                "which variants it is said of; all if left out")));
    }

    private static Form label() {
        return new Form.Text("the label of a variant", ".+");
    }
}
