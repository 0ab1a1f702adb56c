package cairn.model.choice;

/**
 * A question with a stable name that is asked again and again: "loss n1>n2", "crash pmu".
 *
 * <p>Made once when a run is set up; asking costs no allocation and no text. The name, and how
 * often it was asked before, say what an answer is about, in every run: adding another choice moves
 * no answer of this one.
 */
public final class Choice {

    private final String name;
    private final Law law;
    private final Choices choices;
    private final long key;
    private long count;

    public Choice(String name, Law law, Choices choices) {
        if (name.isBlank() || name.indexOf('#') >= 0 || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a choice needs a name without '#' or line breaks: '" + name + "'");
        }
        this.name = name;
        this.law = law;
        this.choices = choices;
        this.key = Mix.text(name);
    }

    /** Asks once more. */
    public long ask() {
        return choices.answer(this, count++);
    }

    /**
     * Asks a yes-or-no question; a law other than {@link Law.Chance} counts every answer but zero
     * as yes.
     */
    public boolean happens() {
        return ask() != 0;
    }

    /** Asks which of several comes next; the law is a {@link Law.Pick}. */
    public int pick(Alternatives among) {
        return choices.pick(this, count++, among);
    }

    public String name() {
        return name;
    }

    public Law law() {
        return law;
    }

    /** The name as a well-mixed number, for answers that are computed. */
    public long key() {
        return key;
    }

    /** How often this choice was asked. */
    public long count() {
        return count;
    }

    @Override
    public String toString() {
        return name + " #" + count;
    }
}
