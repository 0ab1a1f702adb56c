package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.experiment.file.YamlValue.Mapping;
import cairn.model.service.Workload;
import cairn.model.service.Workload.Loop;

import java.util.List;
import java.util.Optional;

/** Reads what clients want. */
final class WorkloadReader {

    /** Eight clients that ask a thousand times in all, each as soon as it has its answer. */
    static final Workload DEFAULT = new Workload(8, 1_000, new Loop.Closed(0), 10_000_000);

    static final String WARM_UP = "warm up";

    private static final int MOST_CLIENTS = 1_000;

    private WorkloadReader() {}

    static Workload read(Mapping mapping) {
        Fields fields =
                Fields.of(
                        mapping,
                        "a workload",
                        List.of("clients", "requests", WARM_UP, "closed", "open", "timeout"));
        long clients = fields.whole("clients", Dimension.COUNT, DEFAULT.clients());
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new UserMistake(
                    fields.need("clients").place(),
                    "'clients': 1 to " + MOST_CLIENTS + ", not " + clients);
        }
        long requests = positive(fields, "requests", Dimension.COUNT, DEFAULT.requests());
        long timeout = positive(fields, "timeout", Dimension.DURATION, DEFAULT.timeoutNanos());
        return Fields.at(
                mapping.place(),
                "",
                () -> new Workload((int) clients, requests, loop(fields), timeout));
    }

    /** How many of the first answers are not measured, of the workload that a mapping says. */
    static long warmUp(Mapping mapping) {
        Workload workload = read(mapping);
        Optional<YamlValue> written = mapping.get(WARM_UP);
        if (written.isEmpty()) {
            return 0;
        }
        long answers = Fields.whole(written.get(), WARM_UP, Dimension.COUNT);
        if (answers < 0 || answers >= workload.requests()) {
            throw new UserMistake(
                    written.get().place(),
                    "'"
                            + WARM_UP
                            + "': fewer answers than the "
                            + workload.requests()
                            + " requests: "
                            + answers);
        }
        return answers;
    }

    private static long positive(Fields fields, String key, Dimension dimension, long otherwise) {
        long value = fields.whole(key, dimension, otherwise);
        if (value < 1) {
            throw new UserMistake(
                    fields.need(key).place(),
                    "'" + key + "' is above zero: '" + fields.text(key) + "'");
        }
        return value;
    }

    private static Loop loop(Fields fields) {
        if (fields.has("open") && fields.has("closed")) {
            throw new UserMistake(
                    fields.need("open").place(), "a workload is either 'open' or 'closed'");
        }
        if (fields.has("open")) {
            YamlValue open = fields.need("open");
            Fields own = Fields.of(open.mapping("'open'"), "'open'", List.of("rate"));
            YamlValue rate = own.need("rate");
            return Fields.at(
                    rate.place(),
                    "",
                    () -> new Loop.Open(own.amount("rate", Dimension.RATE).doubleValue()));
        }
        if (!fields.has("closed")) {
            return DEFAULT.loop();
        }
        YamlValue closed = fields.need("closed");
        Fields own = Fields.of(closed.mapping("'closed'"), "'closed'", List.of("think"));
        return Fields.at(
                closed.place(),
                "",
                () -> new Loop.Closed(own.whole("think", Dimension.DURATION, 0)));
    }
}
