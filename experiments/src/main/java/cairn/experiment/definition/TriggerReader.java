package cairn.experiment.definition;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Fields;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.model.NodeId;
import cairn.model.fault.Moment;
import cairn.model.fault.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads when a fault strikes: {@code 3 ms}, {@code 3rd flush completion}, {@code 2nd boot of
 * backup-1}.
 */
final class TriggerReader {

    private static final Pattern FORM =
            Pattern.compile(
                    "([0-9][0-9_]{0,17})\\s*(?:st|nd|rd|th)\\s+(.+?)(?:\\s+(?:of|at|on)\\s+(\\S+))?");
    private static final List<String> WORDS =
            Arrays.stream(Moment.values()).map(TriggerReader::word).toList();

    private TriggerReader() {}

    /** The moments that can be waited for, as they are written. */
    static List<String> moments() {
        return WORDS;
    }

    static Trigger at(YamlValue written) {
        return Fields.at(
                written.place(),
                "'at': ",
                () -> new Trigger.At(Fields.whole(written, "at", Dimension.DURATION)));
    }

    static Trigger after(YamlValue written, Roles roles) {
        String text = written.text("'after'");
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UserMistake(
                    written.place(),
                    "'after' counts moments, such as '3rd flush completion' or '2nd boot of"
                            + " primary', not '"
                            + text
                            + "'");
        }
        Moment moment = moment(written, parts.group(2));
        String role = parts.group(3);
        @Nullable NodeId place = role == null ? null : roles.place(written, role);
        long count =
                Fields.at(written.place(), "", () -> Dimension.COUNT.readWhole(parts.group(1)));
        return Fields.at(written.place(), "", () -> new Trigger.OnMoment(moment, count, place));
    }

    private static Moment moment(YamlValue written, String word) {
        return Arrays.stream(Moment.values())
                .filter(moment -> word(moment).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new UserMistake(
                                written.place(),
                                "unknown moment '" + word + "'" + Suggestion.of(word, WORDS)));
    }

    /** FLUSH_COMPLETED is written "flush completion". */
    private static String word(Moment moment) {
        return switch (moment) {
            case WORK_POSTED -> "work request";
            case WRITE_COMPLETED -> "write completion";
            case READ_COMPLETED -> "read completion";
            case FLUSH_COMPLETED -> "flush completion";
            case PERSISTED -> "cache flush";
            case DISK_WRITTEN -> "disk write";
            case DISK_SYNCED -> "disk sync";
            case SEALED -> "seal";
            case ACKNOWLEDGED -> "acknowledgement";
            case RESUMED -> "resumption";
            case LEADING -> "leadership";
            case BOOT, SEND, DELIVERY, REQUEST, ANSWER, CUT ->
                    moment.name().toLowerCase(Locale.ROOT);
        };
    }
}
