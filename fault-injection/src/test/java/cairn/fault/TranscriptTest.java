package cairn.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class TranscriptTest {

    private static SequencedMap<String, String> header() {
        SequencedMap<String, String> header = new LinkedHashMap<>();
        header.put("protocol", "rdma-pmem");
        header.put("experiment", "library/quickstart.yaml: first");
        header.put("property", "DUR");
        return header;
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Transcript transcript =
                new Transcript(
                        header(),
                        List.of(new Answer("loss n1>n2", 17, 1), new Answer("skew = odd", 0, -5)));
        assertEquals(
                """
                # protocol: rdma-pmem
                # experiment: library/quickstart.yaml: first
                # property: DUR
                loss n1>n2 #17 = 1
                skew = odd #0 = -5
                """,
                transcript.text());
        assertEquals(transcript, Transcript.parse(transcript.text()));
        assertEquals(
                List.of("protocol", "experiment", "property"),
                List.copyOf(Transcript.parse(transcript.text()).header().keySet()));
    }

    @Test
    void blankLinesAndRemarksArePassedOver() {
        Transcript transcript =
                Transcript.parse("# found on a Monday\n\n  \nloss #3 = 1\r\n#\n#:\n");
        assertEquals(List.of(new Answer("loss", 3, 1)), transcript.answers());
        assertTrue(transcript.header().isEmpty());
    }

    @Test
    void aMistakeIsNamedWithItsLine() {
        for (String wrong : List.of("loss", "loss #x = 1", "loss #1", "loss #1 = one", "#1 = 2 ")) {
            String text = "# property: DUR\nloss #3 = 1\n " + wrong + "\n";
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class, () -> Transcript.parse(text), wrong);
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.startsWith("line 3: "), message);
        }
    }

    @Test
    void aHeaderIsOneLine() {
        SequencedMap<String, String> header = header();
        header.put("a:b", "c");
        assertThrows(IllegalArgumentException.class, () -> new Transcript(header, List.of()));
        header.remove("a:b");
        header.put("a", "b\nloss #1 = 1");
        assertThrows(IllegalArgumentException.class, () -> new Transcript(header, List.of()));
    }
}
