package cairn.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class SuggestionTest {

    private static final List<String> KNOWN = List.of("persist", "heal after", "power loss");

    @Test
    void aWordThatIsNearIsSuggested() {
        assertEquals("; did you mean 'persist'?", Suggestion.of("presist", KNOWN));
        assertEquals("; did you mean 'power loss'?", Suggestion.of("PowerLoss", KNOWN));
        assertEquals("; did you mean 'heal after'?", Suggestion.of("heal-after", KNOWN));
    }

    @Test
    void soIsTheOnlyNameThatGoesOn() {
        assertEquals("; did you mean 'heal after'?", Suggestion.of("heal", KNOWN));
        assertEquals(
                "; known are: suspect after, suspect whom",
                Suggestion.of("suspect", List.of("suspect after", "suspect whom")));
    }

    @Test
    void otherwiseAllThatIsKnownIsNamed() {
        assertEquals("; known are: persist, heal after, power loss", Suggestion.of("zebra", KNOWN));
    }

    @Test
    void lettersThatChangedPlacesCountAsOneMistake() {
        assertEquals(1, Suggestion.distance("presist", "persist"));
        assertEquals(3, Suggestion.distance("kitten", "sitting"));
    }
}
