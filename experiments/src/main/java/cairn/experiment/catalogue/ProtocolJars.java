package cairn.experiment.catalogue;

import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.UserMistake;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Reads jars of protocols. The classes of each see Cairn's and their own, and no other jar's: so
 * its digest stands for all that they are.
 */
public final class ProtocolJars {

    /** The environment variable that names jars, separated as on a class path. */
    public static final String VARIABLE = "CAIRN_PROTOCOLS";

    private static final String SERVICE = "META-INF/services/" + ProtocolProvider.class.getName();
    private static final int DIGITS = 16;

    private ProtocolJars() {}

    /**
     * Reads jars.
     *
     * @param paths as the variable has them
     * @param folder what relative paths start from
     * @throws UserMistake if one is not there, is no such jar, or was made for another Cairn
     */
    public static List<ProtocolJar> read(String paths, Path folder) {
        return Arrays.stream(paths.split(File.pathSeparator, -1))
                .filter(shown -> !shown.isBlank())
                .map(shown -> jar(shown, folder.resolve(shown)))
                .toList();
    }

    /** The protocols that are on the class path, as an author's own are in the author's tests. */
    public static List<ProtocolForm> ofClassPath() {
        return provided(ProtocolJars.class.getClassLoader());
    }

    private static ProtocolJar jar(String shown, Path path) {
        try {
            refuseOther(shown, path);
            // It is not closed: classes are loaded from it as long as this process lives.
            var loader =
                    new URLClassLoader(
                            shown,
                            new URL[] {path.toUri().toURL()},
                            ProtocolJars.class.getClassLoader());
            return new ProtocolJar(shown, digest(path), protocols(shown, loader));
        } catch (IOException e) {
            throw mistake(shown, "cannot be read as a jar: " + e.getMessage());
        }
    }

    private static void refuseOther(String shown, Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw mistake(shown, Files.exists(path) ? "is no file" : "there is no such file");
        }
        try (var jar = new JarFile(path.toFile())) {
            if (jar.getEntry(SERVICE) == null) {
                throw mistake(shown, "names no protocols: there is no " + SERVICE + " in it");
            }
            if (needsOthers(jar.getManifest())) {
                throw mistake(
                        shown,
                        "its manifest has a Class-Path; put what it needs into the jar itself, so"
                                + " that its digest tells all");
            }
        }
    }

    private static boolean needsOthers(@Nullable Manifest manifest) {
        return manifest != null
                && manifest.getMainAttributes().containsKey(Attributes.Name.CLASS_PATH);
    }

    private static String digest(Path path) throws IOException {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
            return HexFormat.of().formatHex(whole).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException cannotHappen) {
            throw new IllegalStateException(cannotHappen);
        }
    }

    private static List<ProtocolForm> protocols(String shown, ClassLoader loader) {
        try {
            List<ProtocolForm> forms = provided(loader);
            if (forms.isEmpty()) {
                throw mistake(shown, "its provider names no protocol");
            }
            forms.forEach(form -> refuseOther(shown, form));
            return forms;
        } catch (UserMistake known) {
            throw known;
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw mistake(shown, ProtocolJar.unfit(e).orElseGet(() -> reason(e)));
        }
    }

    /** A loader finds the providers of its parent as well, which are not of the jar. */
    private static List<ProtocolForm> provided(ClassLoader loader) {
        return ServiceLoader.load(ProtocolProvider.class, loader).stream()
                .filter(provider -> loader.equals(provider.type().getClassLoader()))
                .flatMap(provider -> provider.get().protocols().stream())
                .toList();
    }

    /** A test holds those that are shipped to the same. */
    private static void refuseOther(String shown, ProtocolForm form) {
        if (!form.name().matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw mistake(
                    shown,
                    "'"
                            + form.name()
                            + "' is no name for a protocol: lower-case letters, digits and"
                            + " hyphens, such as 'my-protocol'");
        }
        // Each is asked how it is written: what has no form throws.
        RecordForm.keys(form.defaults(), _ -> "");
        var settings = new TreeSet<>(form.settings().stream().map(Setting::component).toList());
        if (!settings.equals(form.remarks().keySet())) {
            throw mistake(
                    shown,
                    "the settings of '"
                            + form.name()
                            + "' are "
                            + settings
                            + ", and it has remarks about "
                            + new TreeSet<>(form.remarks().keySet()));
        }
    }

    private static String reason(Throwable thrown) {
        if (!(thrown instanceof ServiceConfigurationError)) {
            return "its provider threw " + thrown;
        }
        String words =
                String.valueOf(thrown.getMessage())
                        .replace(ProtocolProvider.class.getName() + ": ", "");
        return thrown.getCause() == null ? words : words + ": " + thrown.getCause();
    }

    private static UserMistake mistake(String shown, String what) {
        return new UserMistake(VARIABLE + ": " + shown + ": " + what);
    }
}
