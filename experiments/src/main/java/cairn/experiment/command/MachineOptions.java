package cairn.experiment.command;

import cairn.cluster.disk.SmallDisks;
import cairn.cluster.memory.PageProtection;
import cairn.cluster.network.Namespaces;
import cairn.cluster.run.Machines;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.UserMistake;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The options that say on which machines processes run, and what of these is real. */
final class MachineOptions {

    @Option(
            names = "--hosts",
            paramLabel = "HOSTS",
            description = "Machines, a,b,c: places are dealt out to them. Otherwise this one.")
    private @Nullable String hosts;

    @Option(
            names = "--remote",
            paramLabel = "COMMAND",
            description =
                    "What runs a command on another machine, with {host} for its name; ssh {host}"
                            + " if --hosts is given.")
    private String remote = "ssh {host}";

    @Option(
            names = "--page-protection",
            paramLabel = "WHAT",
            description =
                    "What stops stores to protected pages: ${COMPLETION-CANDIDATES}."
                            + " automatic is the kernel (userfaultfd) where it can, otherwise"
                            + " software.")
    private PageProtection protection = PageProtection.AUTOMATIC;

    @Option(
            names = "--namespaces",
            description =
                    "Each process in a network namespace of its own, so that cuts are those of a"
                            + " network; takes root, or what unshare --user --map-root-user --net"
                            + " gives.")
    private boolean namespaces;

    @Option(
            names = "--disk",
            paramLabel = "BYTES",
            description =
                    "Each place with a disk on a file system of its own, such as '16 MiB', so that"
                            + " a full disk is one; takes root, or what unshare --user"
                            + " --map-root-user --mount gives.")
    private @Nullable String disk;

    /**
     * Looks whether all that is asked for can be had here.
     *
     * @throws UserMistake if something cannot
     */
    void check() {
        if (namespaces) {
            checkNamespaces();
        }
        diskBytes();
    }

    private void checkNamespaces() {
        requireOneMachine("--namespaces");
        Namespaces.refusal()
                .ifPresent(reason -> {
                    throw new UserMistake("--namespaces: " + reason);
                });
    }

    private void requireOneMachine(String option) {
        if (hosts != null) {
            throw new UserMistake(
                    option + ": all processes are then on this machine, without --hosts");
        }
    }

    private long diskBytes() {
        if (disk == null) {
            return 0;
        }
        requireOneMachine("--disk");
        try {
            long bytes = Dimension.SIZE.readWhole(disk);
            if (bytes < SmallDisks.LEAST_BYTES) {
                throw new UserMistake("--disk: 4 MiB or more: '" + disk + "'");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--disk: " + e.getMessage());
        }
    }

    /**
     * Looks whether file systems can be mounted in a folder, if each place is to have one.
     *
     * @throws UserMistake if they cannot
     */
    void checkDisks(Path folder) {
        if (disk != null) {
            SmallDisks.refusal(folder)
                    .ifPresent(reason -> {
                        throw new UserMistake("--disk: " + reason);
                    });
        }
    }

    /** Where processes run. */
    Machines all() {
        Machines machines =
                hosts == null
                        ? Machines.loopback()
                        : Machines.of(
                                List.of(hosts.split(",", -1)),
                                Arrays.asList(remote.split(" +", -1)));
        Machines guarded = machines.protectedBy(protection).withDisks(diskBytes());
        return namespaces ? guarded.inNamespaces() : guarded;
    }
}
