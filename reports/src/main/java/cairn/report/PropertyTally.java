package cairn.report;

/** How one property fared in all trials of a variant. */
final class PropertyTally {
    private final long[] trials = new long[Finding.values().length];
    private long witnesses;
    private long untried;

    void add(PropertyOutcome outcome) {
        trials[outcome.finding().ordinal()]++;
        witnesses += outcome.witnesses();
        untried += outcome.isUntried() ? 1 : 0;
    }

    /** How many trials came to the finding. */
    long trials(Finding finding) {
        return trials[finding.ordinal()];
    }

    /** How many trials judged it. */
    long trials() {
        long all = 0;
        for (long each : trials) {
            all += each;
        }
        return all;
    }

    /** How many situations put it to the test, in all trials. */
    long witnesses() {
        return witnesses;
    }

    /** The worst that a trial came to. */
    Finding worst() {
        Finding worst = Finding.NOT_PROMISED;
        for (Finding finding : Finding.values()) {
            worst = trials(finding) > 0 ? worst.and(finding) : worst;
        }
        return worst;
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
