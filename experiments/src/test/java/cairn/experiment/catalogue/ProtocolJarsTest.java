package cairn.experiment.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.file.UserMistake;
import cairn.experiment.toy.Jars;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ProtocolJarsTest {

    /** A provider of one protocol that is never made. */
    private static final String PROVIDER =
            """
            package example;

            import cairn.experiment.catalogue.ProtocolForm;
            import cairn.experiment.catalogue.ProtocolProvider;

            import java.util.List;
            import java.util.Map;

            public final class Provider implements ProtocolProvider {
                public record Settings(int copies) {}

                @Override
                public List<ProtocolForm> protocols() {
                    return List.of(ProtocolForm.ofService("own", "Mine.", new Settings(1),
                            Map.of("copies", "how many"), (settings, service, clients, cpu) -> null));
                }
            }
            """;

    @TempDir private Path folder;

    private Path classes(String source) throws IOException {
        return Jars.compiled(folder, Map.of("Provider.java", source));
    }

    private void jar(String name, String source) throws IOException {
        Jars.packed(
                folder.resolve(name), classes(source), Map.of(Jars.SERVICE, "example.Provider"));
    }

    private Catalogue with(String paths) {
        return Shipped.catalogue().withJars(ProtocolJars.read(paths, folder));
    }

    private void refused(String paths, String why) {
        UserMistake mistake = assertThrows(UserMistake.class, () -> with(paths));
        assertTrue(
                String.valueOf(mistake.getMessage()).startsWith("CAIRN_PROTOCOLS: " + why),
                mistake.getMessage());
    }

    private void refused(String from, String to, String why) throws IOException {
        assertTrue(PROVIDER.contains(from), from);
        jar("own.jar", PROVIDER.replace(from, to));
        refused("own.jar", "own.jar: " + why);
    }

    @Test
    void isListedLastAndItsDigestIsThatOfTheFile() throws IOException {
        jar("own.jar", PROVIDER);
        Catalogue catalogue = with("own.jar" + File.pathSeparator);
        assertEquals("own", catalogue.protocolNames().getLast());
        ProtocolJar jar = catalogue.jars().getFirst();
        assertTrue(jar.digest().matches("[0-9a-f]{16}"), jar.digest());
        assertEquals("0.1 with own (jar " + jar.digest() + ")", catalogue.version("0.1"));
        assertEquals("0.1", with("").version("0.1"));
        jar("other.jar", PROVIDER.replace("Mine.", "My own."));
        assertNotEquals(catalogue.version("0.1"), with("other.jar").version("0.1"));
    }

    @Test
    void theOrderOfJarsIsNoPartOfTheVersion() throws IOException {
        jar("own.jar", PROVIDER);
        jar("second.jar", PROVIDER.replace("\"own\"", "\"second\""));
        String version = with("own.jar" + File.pathSeparator + "second.jar").version("0.1");
        assertTrue(version.contains("own (jar ") && version.contains(", second (jar "), version);
        assertEquals(version, with("second.jar" + File.pathSeparator + "own.jar").version("0.1"));
    }

    @Test
    void whatIsNoJarOfProtocolsIsRefused() throws IOException {
        refused("absent.jar", "absent.jar: there is no such file");
        Files.createDirectory(folder.resolve("folder"));
        refused("folder", "folder: is no file");
        Files.writeString(folder.resolve("text.jar"), "no jar");
        refused("text.jar", "text.jar: cannot be read as a jar: ");
        Jars.packed(folder.resolve("empty.jar"), classes(PROVIDER), Map.of());
        refused("empty.jar", "empty.jar: names no protocols: there is no META-INF/services/cairn.");
        Jars.packed(
                folder.resolve("nobody.jar"),
                classes(PROVIDER),
                Map.of(Jars.SERVICE, "example.Nobody"));
        refused("nobody.jar", "nobody.jar: Provider example.Nobody not found");
        Jars.packed(
                folder.resolve("half.jar"),
                classes(PROVIDER),
                Map.of(
                        Jars.SERVICE,
                        "example.Provider",
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nClass-Path: other.jar\n"));
        refused("half.jar", "half.jar: its manifest has a Class-Path; put what it needs into");
    }

    @Test
    void aProviderThatFailsIsRefused() throws IOException {
        String first = "public record Settings";
        refused(
                first,
                "public Provider() { throw new IllegalStateException(\"oops\"); } " + first,
                "Provider example.Provider could not be instantiated:"
                        + " java.lang.IllegalStateException: oops");
        refused(
                "return List.of(",
                "if (true) throw new IllegalStateException(\"oops\"); return List.of(",
                "its provider threw java.lang.IllegalStateException: oops");
        refused(
                "return List.of(",
                "if (true) return List.of(); return List.of(",
                "its provider names no protocol");
    }

    @Test
    void aFormIsHeldToWhatShippedOnesAreHeldTo() throws IOException {
        refused("\"own\"", "\"My Own\"", "'My Own' is no name for a protocol: ");
        refused(
                "Map.of(\"copies\"",
                "Map.of(\"copy\"",
                "the settings of 'own' are [copies], and it has remarks about [copy]");
        refused(
                "int copies) {}",
                "List<String> copies) { Settings(int n) { this(List.of()); } }",
                "its provider threw java.lang.IllegalStateException: no form for interface"
                        + " java.util.List copies");
    }

    @Test
    void twoProtocolsOfOneNameAreRefused() throws IOException {
        jar("own.jar", PROVIDER);
        jar("twin.jar", PROVIDER);
        refused(
                "own.jar" + File.pathSeparator + "twin.jar",
                "twin.jar: its protocol 'own' has the name of one of own.jar");
        refused(
                "\"own\"",
                "\"local-disk\"",
                "its protocol 'local-disk' has the name of Cairn's own");
    }

    @Test
    void classesForAnotherCairnOrJavaAreRefused() throws IOException {
        Path cairn =
                Jars.compiled(
                        folder.resolve("another-cairn"),
                        Map.of("Base.java", "package cairn.model; public class Base {}"));
        Path classes =
                Jars.compiled(
                        folder.resolve("based"),
                        Map.of(
                                "Provider.java",
                                PROVIDER.replace(
                                        "Provider implements",
                                        "Provider extends cairn.model.Base implements")),
                        cairn);
        Jars.packed(folder.resolve("based.jar"), classes, Map.of(Jars.SERVICE, "example.Provider"));
        String why = ": lacks a class, or was compiled for another version of Cairn or Java: ";
        refused(
                "based.jar",
                "based.jar" + why + "java.lang.NoClassDefFoundError: cairn/model/Base");

        Path newer = classes(PROVIDER);
        Path provider = newer.resolve("example/Provider.class");
        byte[] bytes = Files.readAllBytes(provider);
        // The version of the class file.
        bytes[7] = 99;
        Files.write(provider, bytes);
        Jars.packed(folder.resolve("newer.jar"), newer, Map.of(Jars.SERVICE, "example.Provider"));
        refused("newer.jar", "newer.jar" + why + "java.lang.UnsupportedClassVersionError: ");
    }

    @Test
    void classesThatThrowWhenTheyAreInitialisedFitAllTheSame() {
        var thrown = new ExceptionInInitializerError(new IllegalStateException("oops"));
        assertEquals(List.of(), ProtocolJar.unfit(thrown).stream().toList());
    }
}
