package cairn.report;

import cairn.model.fault.FaultTally;

/** What became of the faults that an experiment orders, on a page. */
final class OrderedFaults {

    private OrderedFaults() {}

    /** Writes the section, if any fault is ordered. */
    static void write(ExperimentResult result, Html html) {
        if (result.variants().stream().allMatch(variant -> variant.ordered().isEmpty())) {
            return;
        }
        html.section("Faults");
        html.raw("<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>Variant</th>");
        html.raw("<th>Fault</th><th class=\"number\">Trials with it</th>");
        html.raw("<th class=\"number\">Strikes</th><th class=\"number\">Without effect</th>");
        html.raw("</tr></thead>\n<tbody>\n");
        for (VariantResult variant : result.variants()) {
            for (int fault = 0; fault < variant.ordered().size(); fault++) {
                row(variant, fault, html);
            }
        }
        html.raw("</tbody>\n</table></div>\n<p class=\"quiet\">");
        html.text(
                "A strike is without effect if nothing went otherwise for it: no process ended or"
                        + " stood still, no packet was stopped, no operation of a device was"
                        + " refused, slow or untrue. What strikes in no trial was not tried.");
        html.raw("</p>\n</section>\n");
    }

    private static void row(VariantResult variant, int fault, Html html) {
        FaultTally tally = variant.tally(fault);
        html.raw("<tr>").element("th", variant.label());
        html.element("td", "text", variant.ordered().get(fault));
        number(variant.trialsWith(fault), html);
        number(tally.struck(), html);
        number(tally.struck() - tally.effective(), html);
        html.raw("</tr>\n");
    }

    private static void number(long number, Html html) {
        html.element("td", "number", Long.toString(number));
    }
}
