package main

import (
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

func tellBoxes() {
	made := good(client.StorageBox.Create(ctx, hcloud.StorageBoxCreateOpts{Name: "b", Location: place, Password: given.Password,
		StorageBoxType: &hcloud.StorageBoxType{Name: "bx11"}, SSHKeys: []*hcloud.SSHKey{{PublicKey: given.PublicKey}},
		AccessSettings: &hcloud.StorageBoxCreateOptsAccessSettings{SSHEnabled: hcloud.Ptr(true)}}))
	wait(made.Action)
	box := good(client.StorageBox.Update(ctx, made.StorageBox, hcloud.StorageBoxUpdateOpts{Name: "box", Labels: labels}))
	that(box.Status == hcloud.StorageBoxStatusActive && box.Username != "" && box.AccessSettings.SSHEnabled, "not active")
	end(client.StorageBox.ChangeType(ctx, box, hcloud.StorageBoxChangeTypeOpts{StorageBoxType: &hcloud.StorageBoxType{Name: "bx21"}}))
	end(client.StorageBox.ResetPassword(ctx, box, hcloud.StorageBoxResetPasswordOpts{Password: given.Password}))
	end(client.StorageBox.UpdateAccessSettings(ctx, box, hcloud.StorageBoxUpdateAccessSettingsOpts{SambaEnabled: hcloud.Ptr(true)}))
	end(client.StorageBox.EnableSnapshotPlan(ctx, box, hcloud.StorageBoxEnableSnapshotPlanOpts{
		MaxSnapshots: 2, Minute: 5, Hour: 3, DayOfWeek: hcloud.Ptr(time.Sunday)}))
	that(*good(client.StorageBox.GetByID(ctx, box.ID)).SnapshotPlan.DayOfWeek == time.Sunday, "another day")
	end(client.StorageBox.DisableSnapshotPlan(ctx, box))
	for _, on := range []bool{true, false} {
		end(client.StorageBox.ChangeProtection(ctx, box, hcloud.StorageBoxChangeProtectionOpts{Delete: &on}))
	}
	tellSnapshots(box)
	tellSubaccounts(box)
	acts(client.StorageBox.Action, box)
}

func tellSnapshots(box *hcloud.StorageBox) {
	made := good(client.StorageBox.CreateSnapshot(ctx, box, hcloud.StorageBoxSnapshotCreateOpts{Description: "d", Labels: labels}))
	wait(made.Action)
	snapshot := good(client.StorageBox.GetSnapshotByID(ctx, box, made.Snapshot.ID))
	that(good(client.StorageBox.GetSnapshotByName(ctx, box, snapshot.Name)).ID == snapshot.ID, "another snapshot")
	good(client.StorageBox.UpdateSnapshot(ctx, snapshot, hcloud.StorageBoxSnapshotUpdateOpts{Description: hcloud.Ptr("new")}))
	end(client.StorageBox.RollbackSnapshot(ctx, box, hcloud.StorageBoxRollbackSnapshotOpts{Snapshot: snapshot}))
	all, err := client.StorageBox.AllSnapshots(ctx, box)
	check(err)
	that(len(all) == 1, "it is not alone")
	wait(good(client.StorageBox.DeleteSnapshot(ctx, snapshot)).Action)
}

func tellSubaccounts(box *hcloud.StorageBox) {
	made := good(client.StorageBox.CreateSubaccount(ctx, box, hcloud.StorageBoxSubaccountCreateOpts{
		Name: "s", HomeDirectory: "team", Password: given.Password, Labels: labels}))
	wait(made.Action)
	account := good(client.StorageBox.GetSubaccountByID(ctx, box, made.Subaccount.ID))
	account = good(client.StorageBox.UpdateSubaccount(ctx, account, hcloud.StorageBoxSubaccountUpdateOpts{Name: "sub"}))
	that(good(client.StorageBox.GetSubaccountByUsername(ctx, box, account.Username)).Name == "sub", "another account")
	end(client.StorageBox.ResetSubaccountPassword(ctx, account, hcloud.StorageBoxSubaccountResetPasswordOpts{Password: given.Password}))
	end(client.StorageBox.UpdateSubaccountAccessSettings(ctx, account, hcloud.StorageBoxSubaccountUpdateAccessSettingsOpts{
		Readonly: hcloud.Ptr(true)}))
	end(client.StorageBox.ChangeSubaccountHomeDirectory(ctx, account, hcloud.StorageBoxSubaccountChangeHomeDirectoryOpts{
		HomeDirectory: "home"}))
	that(len(good(client.StorageBox.Folders(ctx, box, hcloud.StorageBoxFoldersOpts{})).Folders) == 2, "no folders")
	all, err := client.StorageBox.AllSubaccounts(ctx, box)
	check(err)
	that(len(all) == 1, "it is not alone")
	wait(good(client.StorageBox.DeleteSubaccount(ctx, account)).Action)
}
