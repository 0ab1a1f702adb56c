package cairn.spark;

import cairn.experiment.campaign.ClusterRunner;
import cairn.experiment.campaign.Header;
import cairn.experiment.campaign.TrialCluster;
import cairn.experiment.definition.Experiment;
import cairn.experiment.file.UserMistake;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cores of this machine ({@code local[*]}), or a standalone cluster of Spark's ({@code
 * spark://host:port}), to whose workers Cairn's classes are sent.
 */
public final class SparkCluster implements TrialCluster {

    private static final Pattern LOCAL = Pattern.compile("local(\\[([1-9][0-9]{0,3}|\\*)])?");
    private static final Pattern STANDALONE =
            Pattern.compile("spark://([A-Za-z0-9._-]+:[0-9]{1,5})(,[A-Za-z0-9._-]+:[0-9]{1,5})*");
    private static final int PATIENCE_MILLIS = 5_000;

    /** Netty and Spark call what a JDK warns of. */
    private static final String JVM =
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                    + " -Djava.awt.headless=true";

    @Override
    public ClusterRunner connect(
            Experiment experiment,
            String version,
            String master,
            SequencedMap<String, String> settings) {
        refuseUnknown(master);
        var conf =
                new SparkConf(false)
                        .setAppName("cairn " + experiment.name())
                        .setMaster(master)
                        .set("spark.ui.enabled", "false")
                        .set("spark.executor.extraJavaOptions", JVM)
                        // Lines go to disk as they come: together they may be any number.
                        .set("spark.driver.maxResultSize", "0")
                        // Cairn's libraries may be newer than those of the cluster.
                        .set("spark.executor.userClassPathFirst", "true");
        List<String> jars = Jars.ofThis();
        if (!master.startsWith("local") && !jars.isEmpty()) {
            conf.set("spark.jars", String.join(",", jars));
        }
        settings.forEach(conf::set);
        return new SparkRunner(new SparkContext(conf), Header.of(experiment, version).line());
    }

    private static void refuseUnknown(String master) {
        if (LOCAL.matcher(master).matches()) {
            return;
        }
        Matcher standalone = STANDALONE.matcher(master);
        if (!standalone.matches()) {
            throw new UserMistake(
                    "--master: '"
                            + master
                            + "' is no 'spark://HOST:PORT', 'local[N]' or 'local[*]'");
        }
        List<String> hosts = List.of(master.substring("spark://".length()).split(",", -1));
        if (hosts.stream().noneMatch(SparkCluster::listens)) {
            throw new UserMistake("--master: nobody listens at " + master);
        }
    }

    /** Spark itself would ask for a minute, and say it in a hundred lines. */
    private static boolean listens(String place) {
        int colon = place.indexOf(':');
        int port = Integer.parseInt(place.substring(colon + 1));
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(place.substring(0, colon), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
