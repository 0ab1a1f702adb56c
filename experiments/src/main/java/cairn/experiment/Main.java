package cairn.experiment;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(name = "cairn", version = "cairn 0.1.0", mixinStandardHelpOptions = true)
final class Main implements Runnable {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
