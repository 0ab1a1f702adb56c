package cairn.report;

/** How one property fared in all trials of a variant. */
final class PropertyTally {
    private final FindingCounts trials = new FindingCounts();
    private long witnesses;
    private long untried;

    void add(PropertyOutcome outcome) {
        trials.add(outcome.finding());
        witnesses += outcome.witnesses();
        untried += outcome.isUntried() ? 1 : 0;
    }

    /** How many trials came to the finding. */
    long trials(Finding finding) {
        return trials.of(finding);
    }

    /** How many trials judged it. */
    long trials() {
        return trials.all();
    }

    /** How many situations put it to the test, in all trials. */
    long witnesses() {
        return witnesses;
    }

    /** The worst that a trial came to. */
    Finding worst() {
        return trials.worst().orElse(Finding.NOT_PROMISED);
    }

    /**
     * Violated if one trial violates it, else holding if one shows that, for trials without
     * occasion say nothing.
     */
    Finding together() {
        if (trials(Finding.VIOLATED) > 0) {
            return Finding.VIOLATED;
        }
        return trials(Finding.HOLDS) > 0 ? Finding.HOLDS : worst();
    }

    /** Whether no trial gave it an occasion to be broken. */
    boolean isUntried() {
        return together() == Finding.INCONCLUSIVE
                && untried + trials(Finding.NOT_PROMISED) == trials();
    }
}
