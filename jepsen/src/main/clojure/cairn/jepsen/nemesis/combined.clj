(ns cairn.jepsen.nemesis.combined
  "Nemeses with generators that fit, to be put together. Names, `:f`s and targets are those of
  `jepsen.nemesis.combined`."
  (:require [cairn.jepsen.db :as db]
            [cairn.jepsen.experiment :as experiment]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.nemesis.time :as time]
            [cairn.jepsen.net :as net]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.system :as system]))

(set! *warn-on-reflection* true)

(def default-interval
  "Seconds between operations of one kind."
  10)

(defn node-specs
  "All targets of nodes that a database knows."
  [database]
  (cond-> [nil :one :minority-third :minority :majority :all]
    (satisfies? db/Primary database) (conj :primaries)))

(defn partition-specs
  "All ways to part nodes that a database knows."
  [database]
  (cond-> [:one :minority-third :majority :majorities-ring]
    (satisfies? db/Primary database) (conj :primaries)))

(defn grudge
  "Who hears nobody of whom, by a way to part nodes, or a grudge itself."
  [test database spec]
  (let [nodes (vec (:nodes test))]
    (case spec
      :one (nemesis/complete-grudge (nemesis/split-one nodes))
      :majority (nemesis/complete-grudge (nemesis/bisect (random/mixed nodes)))
      :majorities-ring (nemesis/majorities-ring nodes)
      :minority-third (nemesis/complete-grudge
                       (split-at (quot (dec (count nodes)) 3) (random/mixed nodes)))
      :primaries (let [primaries (set (nemesis/targets test database :primaries))]
                   (nemesis/complete-grudge (cons (remove primaries nodes) (map list primaries))))
      spec)))

(defn- switched
  "A generator that switches a fault on and off, at random times."
  [interval on off]
  (gen/stagger interval (gen/flip-flop on (gen/repeat off))))

(defn- one-of
  "A function that makes an operation with one of some values."
  [f values]
  (fn [] {:type :info :f f :value (random/one-of (vec values))}))

(defn- interval-of [opts] (:interval opts default-interval))

;; ---- partitions

(defn partition-nemesis
  "`:start-partition` with a way to part nodes, or a grudge, as its value; `:stop-partition`."
  [database]
  (let [partitioner (nemesis/partitioner)]
    (reify
      nemesis/Nemesis
      (setup! [this _] this)
      (invoke! [_ test {:keys [f value] :as op}]
        (assoc (nemesis/invoke! partitioner test
                                (case f
                                  :start-partition (assoc op :f :start :value (grudge test database value))
                                  :stop-partition (assoc op :f :stop)))
               :f f))
      (teardown! [_ test] (nemesis/teardown! partitioner test))
      nemesis/Reflection
      (fs [_] #{:start-partition :stop-partition}))))

(defn partition-package [{:keys [db] :as opts}]
  (let [stop {:type :info :f :stop-partition :value nil}]
    {:nemesis (partition-nemesis db)
     :generator (switched (interval-of opts)
                          (one-of :start-partition (:targets (:partition opts) (partition-specs db)))
                          stop)
     :final-generator [stop]
     :perf #{{:name "partition" :start #{:start-partition} :stop #{:stop-partition} :color "#E9DCA0"}}}))

;; ---- packets

(defn packet-nemesis
  "`{:f :start-packet :value [targets behavior]}` with a behavior as `net/shape!` takes it;
  `:stop-packet`."
  [database]
  (reify
    nemesis/Nemesis
    (setup! [this {:keys [net] :as test}] (net/shape! net test nil nil) this)
    (invoke! [_ {:keys [net] :as test} {:keys [f value] :as op}]
      (case f
        :start-packet (let [[targets behavior] value
                            nodes (nemesis/targets test database targets)]
                        (net/shape! net test nodes behavior)
                        (assoc op :value [nodes behavior]))
        :stop-packet (do (net/shape! net test nil nil)
                         (assoc op :value :reliable))))
    (teardown! [_ {:keys [net] :as test}] (net/shape! net test nil nil))
    nemesis/Reflection
    (fs [_] #{:start-packet :stop-packet})))

(defn packet-package
  "`:packet {:targets :behaviors}` of the options says whose packets suffer what; by default a delay,
  losses, duplicates or a narrow link."
  [{:keys [db] :as opts}]
  (let [stop {:type :info :f :stop-packet :value nil}
        targets (vec (:targets (:packet opts) (node-specs db)))
        behaviors (vec (:behaviors (:packet opts) [{:delay {}} {:loss {}} {:duplicate {}} {:rate {}}]))]
    {:nemesis (packet-nemesis db)
     :generator (switched (interval-of opts)
                          (fn [] {:type :info :f :start-packet
                                  :value [(random/one-of targets) (random/one-of behaviors)]})
                          stop)
     :final-generator [stop]
     :perf #{{:name "packet" :start #{:start-packet} :stop #{:stop-packet} :color "#D1E8A0"}}}))

;; ---- clocks

(defn clock-package
  "`:clock {:targets :most :longest}` of the options says whose clocks, by how many milliseconds at
  most, and for how many seconds a strobe lasts at most."
  [{:keys [db] :as opts}]
  (let [specs (vec (:targets (:clock opts) (node-specs db)))
        {:keys [most longest] :or {most 262144 longest 32}} (:clock opts)
        targets (fn [test] (nemesis/targets test db (random/one-of specs)))
        renamed {:reset :reset-clock, :check-offsets :check-clock-offsets
                 :strobe :strobe-clock, :bump :bump-clock}]
    {:nemesis (nemesis/f-map renamed (time/clock-nemesis))
     :generator (gen/stagger (interval-of opts)
                             (gen/f-map renamed
                                        (gen/phases
                                         {:type :info :f :check-offsets}
                                         (gen/mix [(time/reset-gen targets)
                                                   (time/bump-gen targets most)
                                                   (time/strobe-gen targets most longest)]))))
     :final-generator [{:type :info :f :reset-clock :value nil}]
     :perf #{{:name "clock" :start #{:bump-clock} :stop #{:reset-clock} :fs #{:strobe-clock} :color "#A0E9E3"}}}))

;; ---- files

(defn file-corruption-nemesis
  "`{:f :bitflip :value [targets _]}`: bits of what the targets have stored flip. `:truncate`: a file
  of each loses its end."
  [database]
  (reify
    nemesis/Nemesis
    (setup! [this _] this)
    (invoke! [_ {:keys [system] :as test} {:keys [f] [targets] :value :as op}]
      (let [nodes (nemesis/targets test database targets)
            word (case f :bitflip :sector-rot :truncate :truncation)]
        (doseq [node nodes] (system/strike! system {word node}))
        (assoc op :value nodes)))
    (teardown! [_ _])
    nemesis/Reflection
    (fs [_] #{:bitflip :truncate})))

(defn file-corruption-package
  "`:file-corruption {:targets}` of the options says whose files: nodes that have disks."
  [{:keys [db] :as opts}]
  (let [targets (vec (or (:targets (:file-corruption opts))
                         (throw (experiment/mistake ":file-corruption {:targets [[\"service-1\"]]} says whose files"))))]
    {:nemesis (file-corruption-nemesis db)
     :generator (gen/stagger (interval-of opts)
                             (fn [] {:type :info :f (random/one-of [:bitflip :truncate])
                                        :value [(random/one-of targets) nil]}))
     :final-generator []
     :perf #{{:name "file-corruption" :fs #{:bitflip :truncate} :color "#99F2E2"}}}))

;; ---- processes

(defn- process-package [opts name kind undo color]
  (let [back {:type :info :f undo :value :all}]
    {:generator (switched (interval-of opts)
                          (one-of kind (:targets (kind opts) (node-specs (:db opts))))
                          back)
     :final-generator [back]
     :perf #{{:name name :start #{kind} :stop #{undo} :color color}}}))

;; ---- all together

(defn- fault-package
  "Faults in the words of an experiment file."
  [opts faults]
  (let [interval (interval-of opts)]
    {:nemesis (nemesis/faults)
     :generator (nemesis/strikes interval (/ interval 2) faults)
     :final-generator [{:type :info :f :heal}]
     :perf #{{:name "fault" :start #{:strike} :stop #{:heal} :color "#E9A4A0"}}}))

(defn- package [opts kind]
  (case kind
    :partition (partition-package opts)
    :packet (packet-package opts)
    :clock (clock-package opts)
    :file-corruption (file-corruption-package opts)
    :kill (process-package opts "kill" :kill :start "#E9A4A0")
    :pause (process-package opts "pause" :pause :resume "#A0B1E9")))

(defn compose-packages
  "Several packages as one."
  [packages]
  (let [nemeses (keep :nemesis packages)
        generators (keep :generator packages)]
    {:nemesis (if (seq nemeses) (nemesis/compose nemeses) nemesis/noop)
     :generator (when (seq generators) (apply gen/any generators))
     :final-generator (vec (mapcat :final-generator packages))
     :perf (into #{} (mapcat :perf) packages)}))

(defn nemesis-package
  "`{:generator :final-generator :nemesis :perf}` for `:faults`: a set of `:partition`, `:packet`,
  `:kill`, `:pause`, `:clock`, `:file-corruption`, and of faults in the words of an experiment file
  (maps, or vectors of those that strike together); one of each kind every `:interval` seconds.
  `:kill {:targets [:one]}` and the like say whom a kind strikes."
  [{:keys [db faults] :as opts}]
  (let [kinds (sort (filter keyword? faults))
        own (filterv coll? faults)]
    (compose-packages
     (cond-> (mapv #(package opts %) kinds)
       (seq own) (conj (fault-package opts own))
       (some #{:kill :pause} kinds) (conj {:nemesis (nemesis/db-nemesis db)})))))
