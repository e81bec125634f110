// A client of the sandbox written with hcloud-go, which decodes strictly: every operation it has, create to delete.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"reflect"
	"strconv"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

var (
	ctx    = context.Background()
	client *hcloud.Client
	given  struct{ URL, Certificate, PrivateKey, PublicKey, Password string }
	place  = &hcloud.Location{Name: "fsn1"}
	labels = map[string]string{"role": "web"}
)

func main() {
	check(json.NewDecoder(os.Stdin).Decode(&given))
	client = hcloud.NewClient(
		hcloud.WithToken("token"),
		hcloud.WithEndpoint(given.URL),
		hcloud.WithHetznerEndpoint(given.URL),
		hcloud.WithPollOpts(hcloud.PollOpts{BackoffFunc: hcloud.ConstantBackoff(5 * time.Millisecond)}),
	)
	world := tellServers()
	zone := tellZones()
	tellBalancers(world, zone)
	tellBoxes()
	read()
	takeAway(world, zone)
	fmt.Println("done")
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func that(holds bool, what ...any) {
	if !holds {
		panic(fmt.Sprint(what...))
	}
}

// good returns what a call answered.
func good[T any](answer T, _ *hcloud.Response, err error) T {
	check(err)
	return answer
}

// end waits for the action that a call answered.
func end(action *hcloud.Action, _ *hcloud.Response, err error) {
	check(err)
	wait(action)
}

// ends waits for the actions that a call answered.
func ends(actions []*hcloud.Action, _ *hcloud.Response, err error) {
	check(err)
	wait(actions...)
}

// gone insists that a call without an answer succeeded.
func gone(_ *hcloud.Response, err error) { check(err) }

func wait(actions ...*hcloud.Action) { check(client.Action.WaitFor(ctx, actions...)) }

// refused insists on an error of a code.
func refused(code hcloud.ErrorCode, err error) {
	that(hcloud.IsError(err, code), "expected ", code, ", got ", err)
}

func cidr(text string) *net.IPNet {
	_, found, err := net.ParseCIDR(text)
	check(err)
	return found
}

// read asks every client for everything it can list and find, by reflection.
func read() {
	here := reflect.ValueOf(ctx)
	clients := reflect.ValueOf(client).Elem()
	for number := range clients.NumField() {
		name := clients.Type().Field(number).Name
		if !clients.Type().Field(number).IsExported() || name == "Datacenter" || name == "Action" {
			continue
		}
		one := clients.Field(number).Addr()
		all := one.MethodByName("All")
		if !all.IsValid() {
			continue
		}
		answer := all.Call([]reflect.Value{here})
		that(answer[1].IsNil(), name, ": ", answer[1])
		that(answer[0].Len() > 0, "there is no ", name)
		first := answer[0].Index(0).Elem()
		find(one, name, "GetByID", here, first.FieldByName("ID"))
		find(one, name, "GetByName", here, first.FieldByName("Name"))
		find(one, name, "Get", here, reflect.ValueOf(strconv.FormatInt(first.FieldByName("ID").Int(), 10)))
	}
	good(client.Pricing.Get(ctx))
	_, _, err := client.Server.GetByID(ctx, 1)
	check(err) // what is not there is nil and no error
	_, err = client.Datacenter.All(ctx)
	refused("deprecated_api_endpoint", err)
	_, err = client.Action.All(ctx) //nolint:staticcheck // asks for what is no more
	refused("deprecated_api_endpoint", err)
}

func find(client reflect.Value, name, method string, arguments ...reflect.Value) {
	found := client.MethodByName(method)
	if !found.IsValid() || arguments[1].Kind() == reflect.String && arguments[1].Len() == 0 {
		return
	}
	answer := found.Call(arguments)
	that(answer[2].IsNil(), name, ".", method, ": ", answer[2])
	that(!answer[0].IsNil(), name, ".", method, " found nothing")
}

// acts reads the actions of a kind and of one of its objects.
func acts[R any](kind interface {
	All(context.Context, hcloud.ActionListOpts) ([]*hcloud.Action, error)
	AllFor(context.Context, R, hcloud.ActionListOpts) ([]*hcloud.Action, error)
	GetByID(context.Context, int64) (*hcloud.Action, *hcloud.Response, error)
}, one R) {
	all, err := kind.All(ctx, hcloud.ActionListOpts{Sort: []string{"id:desc"}})
	check(err)
	own, err := kind.AllFor(ctx, one, hcloud.ActionListOpts{Status: []hcloud.ActionStatus{hcloud.ActionStatusSuccess}})
	check(err)
	that(len(all) >= len(own) && len(own) > 0, "no actions")
	that(good(kind.GetByID(ctx, own[0].ID)).ID == own[0].ID, "another action")
	that(good(client.Action.GetByID(ctx, own[0].ID)).Command == own[0].Command, "another action")
}
