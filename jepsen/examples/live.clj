;; Registers whose checkpoints are segments on other machines. Machines crash, stand still and are cut
;; off, one after the other. Times fit real machines; the simulator runs the same test in virtual time.
;;
;;   ./cairn jepsen jepsen/examples/live.clj           in the simulator
;;   ./cairn jepsen jepsen/examples/live.clj --live    on real processes
(require '[cairn.jepsen.checker :as checker]
         '[cairn.jepsen.workload :as workload])

(fn [_seed]
  (merge (workload/under-faults (workload/register {:ops 300 :every 1/100})
                                {:faults [{:crash "primary"} {:pause "backup-1"} {:isolation "service-1"}]
                                 :every 2 :lasts 1})
         {:name "live-register"
          :protocol :segments
          :settings {:able-nodes 2 :storage-nodes 2 :failure-domains 4 :replicas 2
                     :heartbeat "50 ms" :suspect-after "400 ms" :leave-after "800 ms"}
          :workload {:timeout "500 ms"}
          :limits {:restart "100 ms"}
          :properties ["DUR" "MONO" "SP" "OUT"]
          :timeout 2}))
