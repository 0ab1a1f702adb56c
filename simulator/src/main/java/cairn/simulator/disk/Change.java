package cairn.simulator.disk;

import java.util.SortedMap;

/** A change of the directory, which is done as a whole or not at all. */
sealed interface Change {

    void apply(SortedMap<String, Content> names);

    record Create(String name, Content content) implements Change {
        @Override
        public void apply(SortedMap<String, Content> names) {
            names.put(name, content);
        }
    }

    record Rename(String from, String to, Content content) implements Change {
        @Override
        public void apply(SortedMap<String, Content> names) {
            names.remove(from);
            names.put(to, content);
        }
    }

    record Delete(String name) implements Change {
        @Override
        public void apply(SortedMap<String, Content> names) {
            names.remove(name);
        }
    }
}
