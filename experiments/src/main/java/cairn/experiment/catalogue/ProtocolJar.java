package cairn.experiment.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A jar whose protocols can be tried beside those that are shipped.
 *
 * @param shown names it in messages, as the user did
 * @param digest the first 16 hexadecimal digits of the SHA-256 of the file
 * @param protocols what it provides
 */
public record ProtocolJar(String shown, String digest, List<ProtocolForm> protocols) {

    public ProtocolJar {
        protocols = List.copyOf(protocols);
    }

    /** What it adds to the version of the tool; where the jar lies is no part of it. */
    String version() {
        return String.join(", ", protocols.stream().map(ProtocolForm::name).toList())
                + " (jar "
                + digest
                + ")";
    }

    /**
     * Why classes that were thrown at us do not belong here; empty if that is not what was wrong. A
     * class that throws when it is initialised fits, and is broken.
     */
    public static Optional<String> unfit(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof LinkageError && !(each instanceof ExceptionInInitializerError)) {
                return Optional.of(
                        "lacks a class, or was compiled for another version of Cairn or Java: "
                                + each);
            }
        }
        return Optional.empty();
    }
}
