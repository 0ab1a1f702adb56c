package cairn.experiment.interval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a level of storage is, which decides the protocols that can use it. */
public enum Medium {
    /** A disk of the machine's own: what it holds comes back when the machine does. */
    OWN_DISK,

    /** Memory of another machine, persistent if a service is to use it by RDMA. */
    REMOTE_MEMORY,

    /** Storage that all machines share, such as a parallel file system. */
    SHARED;

    /** As it is written: {@code own-disk}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All that can be written. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Medium::word).toList();
    }

    /** The medium of a word, if it is one. */
    public static Optional<Medium> of(String word) {
        return Arrays.stream(values()).filter(medium -> medium.word().equals(word)).findFirst();
    }
}
