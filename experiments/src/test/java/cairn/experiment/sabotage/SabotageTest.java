package cairn.experiment.sabotage;
import cairn.model.property.*;
import cairn.protocol.rdmapmem.*;
import cairn.simulator.RunResult;
import java.util.*;
final class SabotageTest {
    public static void main(String[] args) {
        int runs = Integer.parseInt(args[0]);
        for (Sabotage s : Sabotages.all()) {
            if (args.length > 1 && !List.of(args).contains(s.id())) continue;
            long t = System.nanoTime();
            Exposure e = new Exposure(s);
            Map<String,Integer> found = new TreeMap<>(); int first = -1; String ex = "";
            int unfinished = 0; long ev=0;
            for (int seed = 1; seed <= runs; seed++) {
                RunResult r = e.runSabotaged(seed); ev+=r.events();
                if (!r.finished()) unfinished++;
                for (Judgement j : r.judgements()) if (j.isViolated()) {
                    found.merge(j.property(), 1, Integer::sum);
                    if (first < 0 && s.caughtBy().contains(j.property())) { first = seed; ex = j.property()+" "+j.verdict(); }
                }
            }
            long t1 = System.nanoTime();
            StringBuilder sound = new StringBuilder();
            for (int seed = 1; seed <= runs; seed++) {
                RunResult r = e.runSound(seed);
                for (Judgement j : r.judgements()) if (j.isViolated()) sound.append("\n   SOUND "+seed+" "+j.property()+" "+j.verdict());
            }
            System.out.printf("%s first=%d %s unfin=%d ev/run=%d  %d ms + %d ms %s%s%n", s, first, found, unfinished, ev/runs, (t1-t)/1000000, (System.nanoTime()-t1)/1000000, ex, sound);
        }
    }
}
